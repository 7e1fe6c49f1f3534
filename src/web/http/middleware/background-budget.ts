import type { MiddlewareHandler } from "hono";
import { createBudget, invocationLimits } from "../../../budget.ts";
import type { AppEnv } from "../context.ts";
import { isWrite } from "../methods.ts";

/** Statements that a request may run outside its session: rules read their evidence, and replicas are asked first. */
const outsideSession = 10;

/** Leaves to the work after a response what the request has not used of the invocation's budget. */
export const backgroundBudget: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (!isWrite(c)) return;
	const { statements, subrequests } = invocationLimits;
	const used = outsideSession + c.var.services.statementCount();
	const limits = { statements: Math.max(0, statements - used), subrequests: subrequests - requestsBefore };
	c.set("budget", createBudget({ ...invocationLimits, ...limits }));
};

/** Requests to other hosts before a response: a spam service, a challenge, and certificates for Cloudflare Access. */
const requestsBefore = 5;
