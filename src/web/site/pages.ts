import { Hono } from "hono";
import { privateByDefault } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { home } from "./home.tsx";
import { languages } from "./languages.tsx";
import { listings } from "./listings.tsx";

/** Pages of posts, with which an isolate starts. */
export const pages = new Hono<AppEnv>();

pages.use(privateByDefault);

pages.route("/", home); //      /  /page/2/
pages.route("/", listings); //  /category/…  /tag/…  /author/…  /archive/  /2009/  /2009/03/  …/feed.xml
pages.route("/", languages); // /ja/  /ja/page/2/  /ja/feed.xml
