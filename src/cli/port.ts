import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer } from "node:net";

/** Says in a sentence why the local server could not listen on this port, or null when it can. */
export async function whyPortIsTaken(port: number): Promise<string | null> {
	for (const { address } of await lookup("localhost", { all: true })) {
		const code = await tryListening(address, port);
		if (code === "EADDRINUSE") {
			return `Port ${port} is in use, perhaps by another npm start; stop that one, or choose a port: PORT=${port === 65535 ? 8787 : port + 1} npm start`;
		}
		if (code === "EACCES") {
			return `Port ${port} may not be opened by this user; choose one above 1023: PORT=8787 npm start`;
		}
	}
	return null;
}

/** The error's code, or null; an address the machine does not have is no reason against the port. */
async function tryListening(host: string, port: number): Promise<string | null> {
	const server = createServer();
	try {
		server.listen({ host, port });
		await once(server, "listening");
		return null;
	} catch (error) {
		return error instanceof Error && "code" in error ? String(error.code) : null;
	} finally {
		server.close();
	}
}
