import { lookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { type FetchMedium, maxMediumSize, tooLarge } from "./media.ts";

/** Milliseconds without an answer. */
const patience = 30_000;

const maxRedirects = 5;

/**
 * Creates the function that gets media from the old blog. Only its hosts are asked, and none that is a private address, however
 * its name resolves at the moment of connecting.
 */
export function mediaFetcher(hosts: ReadonlySet<string>): FetchMedium {
	return async (address) => {
		let url = URL.parse(address);
		for (let hop = 0; hop <= maxRedirects; hop++) {
			if (url === null || !/^https?:$/.test(url.protocol)) return { reason: "is no web address; left out." };
			if (!hosts.has(url.host.replace(/^www\./, ""))) {
				return { reason: `is on ${url.host}, which is not the old blog's host; copy it yourself.` };
			}
			const answer = await get(url).catch((error: unknown) => ({
				reason: `could not be fetched (${error instanceof Error ? error.message : String(error)}).`,
			}));
			if (!("location" in answer)) return answer;
			url = URL.parse(answer.location, url);
		}
		return { reason: "is redirected too often; left out." };
	};
}

type Answer = { bytes: Buffer } | { reason: string } | { location: string };

function get(url: URL): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const send = url.protocol === "https:" ? requestHttps : requestHttp;
		const request = send(url, { lookup: publicLookup, timeout: patience }, (response) => {
			const { statusCode = 0, headers } = response;
			const stop = (answer: Answer) => {
				response.destroy();
				resolve(answer);
			};
			if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
				return stop({ location: headers.location });
			}
			if (statusCode !== 200)
				return stop({ reason: `is answered with status ${statusCode} by the old blog.` });
			const chunks: Buffer[] = [];
			let size = 0;
			response.on("data", (chunk: Buffer) => {
				size += chunk.length;
				if (size > maxMediumSize) stop({ reason: tooLarge });
				else chunks.push(chunk);
			});
			response.once("end", () => resolve({ bytes: Buffer.concat(chunks) }));
			response.once("error", reject);
		});
		request.once("timeout", () => request.destroy(new Error("no answer within 30 seconds")));
		request.once("error", reject);
		// A name is checked by the lookup; an address in numbers is not looked up.
		if (
			ipaddr.isValid(url.hostname.replace(/^\[|\]$/g, "")) &&
			!isPublic(url.hostname.replace(/^\[|\]$/g, ""))
		) {
			request.destroy(new Error("a private address"));
		} else request.end();
	});
}

const publicLookup: LookupFunction = (host, options, callback) => {
	lookup(host, { ...options, all: true }).then(
		(found) => {
			const addresses = found.filter(({ address }) => isPublic(address));
			const [first] = addresses;
			if (first === undefined) callback(new Error("a private address"), "", 4);
			else if (options.all) callback(null, addresses);
			else callback(null, first.address, first.family);
		},
		(error: NodeJS.ErrnoException) => callback(error, "", 4),
	);
};

/** Whether a network address is one that anybody can reach. */
export function isPublic(address: string): boolean {
	return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}
