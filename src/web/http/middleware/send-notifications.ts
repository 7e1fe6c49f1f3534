import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { isWrite } from "../methods.ts";
import { singleFlight } from "../single-flight.ts";

/** A burst of writes causes one run, not one each. */
const runOnce = singleFlight();

/** Sends the outbox after the response to a request that changed rows, so that no response waits for a notification channel. */
export const sendNotificationsAfterWrite: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (!isWrite(c) || !c.var.services.hasChanged()) return;
	const { budget, services } = c.var;
	const { mail, clock, log } = services;
	if (mail.notifications.channels.length > 0) {
		const run = async () => {
			const { sendNotifications } = await import("../../../notifications/send-notifications.ts");
			await sendNotifications({ ...mail.notifications, log }, budget, clock.now);
		};
		c.executionCtx.waitUntil(runOnce(run, clock.now()));
	}
};
