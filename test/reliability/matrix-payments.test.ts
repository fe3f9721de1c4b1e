import { checkGroups } from "./check-groups.js";
import { PAYMENT_GROUPS } from "./situations.js";

checkGroups(PAYMENT_GROUPS);
