import { createApp } from "./app.tsx";
import type { Env } from "./env.ts";
import { type Services, servicesFrom } from "./services.ts";

const connected = new WeakMap<Env, Services>();

/** Services live as long as their environment does, which in a Worker is as long as the isolate. */
const app = createApp((env) => {
	const services = connected.get(env) ?? servicesFrom(env);
	connected.set(env, services);
	return services;
});

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
