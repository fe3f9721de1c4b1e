import { checkGroups } from "./check-groups.js";
import { LIST_GROUPS } from "./situations.js";

checkGroups(LIST_GROUPS);
