import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { workerBundle } from "../build/worker-bundle.ts";

/** The Workers beside the blog's, each a file of `src/sidecars/`. */
const names = ["host", "invite", "limits", "migrate", "smtp"];

/** Bundles the Workers that run beside the blog's into `folder`; the blog's own modules stay in `worker/`, next to it. */
export async function bundleSidecars(root: string, folder: string, mainModule: string): Promise<void> {
	await build({
		...workerBundle,
		absWorkingDir: root,
		entryPoints: names.map((name) => join(root, "src/sidecars", `${name}.ts`)),
		outdir: folder,
		logLevel: "error",
		plugins: [blogStaysApart(mainModule)],
	});
}

/** Leaves the blog's Worker as it was bundled for Cloudflare: the host imports it by its path in the folder. */
function blogStaysApart(mainModule: string): Plugin {
	return {
		name: "the blog stays apart",
		setup({ onResolve }) {
			onResolve({ filter: /^\.\.\/index\.ts$/ }, () => ({ path: `./worker/${mainModule}`, external: true }));
		},
	};
}
