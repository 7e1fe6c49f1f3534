import type { ExecutionContext } from "@cloudflare/workers-types";
import { createApp } from "../../src/app.tsx";
import type { Env } from "../../src/env.ts";
import { type Services, servicesFrom } from "../../src/services.ts";

let now = Date.now();
let services: Services | undefined;

const app = createApp((env) => {
	services ??= servicesFrom(env, () => now);
	return services;
});

/** The blog's Worker with a clock that the test sets by header. */
export default {
	fetch(request: Request, env: Env, ctx: ExecutionContext) {
		const time = request.headers.get("X-Test-Now");
		if (time !== null) now = Number(time);
		return app.fetch(request, env, ctx);
	},
};
