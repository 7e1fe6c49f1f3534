import { createFetch } from "./app.tsx";
import type { Env } from "./env.ts";
import { runScheduled } from "./scheduled.ts";
import { servicesFrom } from "./services.ts";

export default {
	fetch: createFetch(servicesFrom),
	scheduled: (_controller, env, context) => runScheduled(servicesFrom(env, context)),
} satisfies ExportedHandler<Env>;
