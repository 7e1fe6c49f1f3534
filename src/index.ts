import { createFetch } from "./app.ts";
import type { Env } from "./env.ts";
import { createLog } from "./log.ts";
import { runCron } from "./scheduled.ts";
import { servicesFrom } from "./services.ts";

export default {
	fetch: createFetch(servicesFrom),
	scheduled: (_controller, env, context) =>
		runCron(servicesFrom(env, context, createLog(crypto.randomUUID()))),
} satisfies ExportedHandler<Env>;
