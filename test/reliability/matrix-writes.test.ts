import { checkGroups } from "./check-groups.js";
import { WRITE_GROUPS } from "./situations.js";

checkGroups(WRITE_GROUPS);
