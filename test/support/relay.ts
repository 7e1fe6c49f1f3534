/**
 * Relays connections between two networks. It runs in one of them and listens there, or at sockets in the file system, which
 * both can reach: `node relay.ts FROM=TO…`, where either is `HOST:PORT` or a path.
 */
import { connect, createServer, type ListenOptions, type TcpNetConnectOpts } from "node:net";
import { pipeline } from "node:stream";

for (const pair of process.argv.slice(2)) {
	const [from = "", to = ""] = pair.split("=");
	createServer((socket) => {
		const other = connect(addressOf(to));
		pipeline(socket, other, socket, () => {});
	}).listen(addressOf(from));
}

function addressOf(text: string): TcpNetConnectOpts & ListenOptions {
	const [host = "", port] = text.split(":");
	return (port === undefined ? { path: host } : { host, port: Number(port) }) as TcpNetConnectOpts;
}
console.log("relays");
