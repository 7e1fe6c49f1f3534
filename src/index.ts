import { createFetch } from "./app.ts";
import type { Env } from "./env.ts";
import { createLog } from "./log.ts";
import { servicesFrom } from "./services.ts";

export default {
	fetch: createFetch(servicesFrom),
	async scheduled(_controller, env, context) {
		const { runCron } = await import("./scheduled.ts");
		await runCron(servicesFrom(env, context, createLog(crypto.randomUUID())));
	},
} satisfies ExportedHandler<Env>;
