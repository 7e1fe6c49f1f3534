import { context } from "esbuild";
import { projectRoot } from "./config.ts";

/** The bundled Worker, which is bundled again after an edit of its source. */
export type WatchedWorker = {
	/** Returns the script; null until it could be bundled. */
	script(): string | null;
	onChange(listener: () => void): void;
	dispose(): Promise<void>;
};

/** Bundles the Worker of `npm start` and watches its source. esbuild prints what it cannot bundle. */
export async function watchWorker(): Promise<WatchedWorker> {
	let script: string | null = null;
	let changed = () => {};
	const bundler = await context({
		absWorkingDir: projectRoot,
		entryPoints: ["src/sidecars/local.ts"],
		alias: { "#content": "./src/sidecars/local-content.ts" },
		bundle: true,
		format: "esm",
		target: "es2024",
		conditions: ["workerd", "worker", "browser"],
		jsx: "automatic",
		jsxImportSource: "hono/jsx",
		external: ["cloudflare:*", "node:*"],
		// Half as much for workerd to read, and the names in a trace stay what they are.
		minifyWhitespace: true,
		minifySyntax: true,
		logLevel: "error",
		write: false,
		plugins: [
			{
				name: "report",
				setup({ onEnd }) {
					onEnd(({ outputFiles }) => {
						const text = outputFiles?.[0]?.text;
						if (text === undefined || text === script) return;
						script = text;
						changed();
					});
				},
			},
		],
	});
	await bundler.rebuild().catch(() => null);
	await bundler.watch();
	return {
		script: () => script,
		onChange(listener) {
			changed = listener;
		},
		dispose: () => bundler.dispose(),
	};
}
