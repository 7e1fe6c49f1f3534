/** What the blog takes of feedsmith, whose readers of feeds are five times as large. To be loaded by `import()`. */
export { generateAtomFeed } from "feedsmith";
