import { Hono } from "hono";
import { admin } from "./web/admin/index.ts";
import { api } from "./web/api/index.ts";
import type { AppEnv } from "./web/http/context.ts";
import { site } from "./web/site/index.ts";
import { visitor } from "./web/visitor/index.ts";

/** The engine's own paths by area, in order; `posts/engine-paths.ts` lists their first segments. */
export const everyArea = new Hono<AppEnv>();

everyArea.route("/", site); //    pages and files that every reader shares
everyArea.route("/", api); //     data for programs
everyArea.route("/", visitor); // what one visitor sees or sends
everyArea.route("/", admin); //   pages for members
