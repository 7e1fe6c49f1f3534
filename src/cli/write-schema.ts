/** Runs after `npm run migration`: rewrites `src/db/schema.sql` from the files in migrations/. */
import { writeFile } from "node:fs/promises";
import { schemaSql } from "./schema-sql.ts";

await writeFile(new URL("../db/schema.sql", import.meta.url), await schemaSql());
