// A program of a user that calls the raw clients.
import { Amili } from "amili-client";

const { accountsReceivable, debtCollection } = new Amili({ environment: "staging" });

export async function main(): Promise<void> {
  const batches = await debtCollection.http.GET("/orgs/{organizationId}/batches", {
    params: { path: { organizationId: "x" }, query: { State: "QUEUED" } },
  });
  console.log(batches.data?.data.length, batches.error);
  const item = await accountsReceivable.http.GET("/clients/{clientno}/aritems/{aritemid}", {
    params: { path: { clientno: 2218, aritemid: "2218-500002-35078-0" } },
  });
  console.log(item.data?.dueDate);
}
