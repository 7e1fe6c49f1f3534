import type { Manifest } from "../posts/manifest.ts";
import type { Site } from "../posts/site.ts";
import { directionOf } from "../text/direction.ts";

/** Writes the web app manifest (https://www.w3.org/TR/appmanifest/), by which phones show the blog on their home screen. */
export function writeWebManifest(site: Site, themeColor: Manifest["themeColor"]): string {
	const colors =
		themeColor === null ? {} : { theme_color: themeColor.light, background_color: themeColor.light };
	const icon = (name: string, size: number, purpose: string) => ({
		src: `/${name}`,
		type: "image/png",
		sizes: `${size}x${size}`,
		purpose,
	});
	const manifest = {
		name: site.title,
		...(site.tagline === "" ? {} : { description: site.tagline }),
		lang: site.language,
		dir: directionOf(site.language),
		id: "/",
		start_url: "/",
		display: "browser",
		...colors,
		icons: [
			icon("icon-192.png", 192, "any"),
			icon("icon-512.png", 512, "any"),
			icon("icon-maskable-512.png", 512, "maskable"),
		],
	};
	return `${JSON.stringify(manifest)}\n`;
}

/** Returns the colours of a theme's paper in light and in dark; null if they are not plain colours. */
export function findThemeColor(css: string): Manifest["themeColor"] {
	const [, value] = [...css.matchAll(/--paper:\s*([^;}]+)/g)].at(-1) ?? [];
	if (value === undefined || /\b(?:var|env|calc|color-mix)\(/.test(value)) return null;
	const both = /^light-dark\(((?:[^(),]|\([^()]*\))+),((?:[^(),]|\([^()]*\))+)\)$/.exec(value.trim());
	const [, light = value, dark = light] = both ?? [];
	return { light: light.trim(), dark: dark.trim() };
}
