import type { FeedExtension } from "../../posts/locations.ts";
import type { FeedFormat } from "./feed.ts";
import { atom } from "./feed-formats/atom.ts";
import { json } from "./feed-formats/json.ts";
import { rss } from "./feed-formats/rss.ts";

/** The formats in which every feed is offered. */
export const feedFormats: Readonly<Record<FeedExtension, FeedFormat>> = { xml: atom, rss, json };
