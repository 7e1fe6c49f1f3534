import { createApp } from "./app.tsx";
import type { Env } from "./env.ts";
import { runScheduled } from "./scheduled.ts";
import { servicesFrom } from "./services.ts";

const app = createApp(servicesFrom);

export default {
	fetch: app.fetch,
	scheduled: (_controller, env, context) => runScheduled(servicesFrom(env, context)),
} satisfies ExportedHandler<Env>;
