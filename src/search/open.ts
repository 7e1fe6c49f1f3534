export { readIndexFiles } from "./index-files.ts";
export { openSearch } from "./search.ts";
