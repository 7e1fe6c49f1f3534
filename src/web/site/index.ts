import { Hono } from "hono";
import { privateByDefault } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { commentFeeds } from "./comment-feeds.ts";
import { commentPermalinks } from "./comment-permalinks.ts";
import { entryDocuments } from "./entry-documents.ts";
import { feeds } from "./feeds.ts";
import { health } from "./health.ts";
import { llms } from "./llms.ts";
import { metrics } from "./metrics.ts";
import { pages } from "./pages.ts";
import { robots } from "./robots.ts";
import { scripts } from "./scripts.ts";
import { search } from "./search.tsx";
import { securityText } from "./security-text.ts";
import { sitemap } from "./sitemap.ts";

/** Pages and files that every reader shares, by GET only. Each response states how it is cached; one that does not is private. */
export const site = new Hono<AppEnv>();

site.use(privateByDefault);

site.route("/", pages); //             /  /category/…  /2009/03/  /ja/  …
site.route("/", search); //            /search?q=…  /search/suggestions?q=…  /opensearch.xml
site.route("/", feeds); //             /feed.xml  /feed.rss  /feed.json  /feed.css
site.route("/", sitemap); //           /sitemap.xml  /sitemap-1.xml
site.route("/", robots); //            /robots.txt
site.route("/", health); //            /healthz  /readyz
site.route("/", metrics); //           /metrics
site.route("/", securityText); //      /.well-known/security.txt
site.route("/", llms); //              /llms.txt  /llms-full.txt  /llms-full-1.txt
site.route("/", entryDocuments); //    …/index.md
site.route("/", scripts); //           /scripts/passkey-….js
site.route("/", commentFeeds); //      /comments.xml  …/comments.xml
site.route("/", commentPermalinks); // /comments/12  /comments/count
