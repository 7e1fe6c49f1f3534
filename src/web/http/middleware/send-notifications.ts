import type { MiddlewareHandler } from "hono";
import { sendNotifications } from "../../../notifications/send-notifications.ts";
import type { AppEnv } from "../context.ts";
import { isWrite } from "../methods.ts";
import { singleFlight } from "../single-flight.ts";

/** A burst of writes causes one run, not one each. */
const runOnce = singleFlight();

/** Sends the outbox after the response to a write request, so that no response waits for a notification channel. */
export const sendNotificationsAfterWrite: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (!isWrite(c)) return;
	const { mail, clock } = c.var.services;
	if (mail.notifications.channels.length > 0)
		c.executionCtx.waitUntil(runOnce(() => sendNotifications(mail.notifications, clock.now), clock.now()));
};
