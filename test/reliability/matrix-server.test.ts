import { checkGroups } from "./check-groups.js";
import { SERVER_GROUPS } from "./situations.js";

checkGroups(SERVER_GROUPS);
