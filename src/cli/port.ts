import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer } from "node:net";

/** Checks that the local server can listen on a port; returns an error message, or null if it can. */
export async function checkPort(port: number): Promise<string | null> {
	for (const { address } of await lookup("localhost", { all: true })) {
		const code = await tryListening(address, port);
		if (code === "EADDRINUSE") {
			return `Port ${port} is in use, perhaps by another npm start. Stop that, or choose another port: PORT=${port === 65535 ? 8787 : port + 1} npm start`;
		}
		if (code === "EACCES") {
			return `Port ${port} needs more privileges; choose one above 1023: PORT=8787 npm start`;
		}
	}
	return null;
}

/** Returns the error code, or null; an address this machine does not have is not an error. */
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
