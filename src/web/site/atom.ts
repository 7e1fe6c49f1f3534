/** Re-exports feedsmith's Atom writer without its parsers, which are five times as large. Load it with `import()`. */
export { generateAtomFeed } from "feedsmith";
