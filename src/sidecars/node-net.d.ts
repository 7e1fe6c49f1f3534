/** The part of Node's sockets, which workerd has too, that connects the mail server. */
declare module "node:net" {
	export type Socket = {
		once(event: "error" | "connect", listener: (error: Error) => void): void;
		off(event: "error" | "connect", listener: (error: Error) => void): void;
	};
	export function connect(address: { host: string; port: number }): Socket;
}
