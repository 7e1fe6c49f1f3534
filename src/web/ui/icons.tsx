import type { Manifest } from "../../posts/manifest.ts";

/** Renders links to the blog's icons, and the colour of the browser's own surfaces around a page. */
export const Icons = ({ manifest }: { manifest: Manifest }) => {
	const { hasSvgIcon, themeColor } = manifest;
	return (
		<>
			<link rel="icon" href="/favicon.ico" sizes="48x48" />
			{hasSvgIcon ? (
				<link rel="icon" type="image/svg+xml" sizes="any" href="/icon.svg" />
			) : (
				<link rel="icon" type="image/png" sizes="192x192" href="/icon-192.png" />
			)}
			<link rel="apple-touch-icon" href="/apple-touch-icon.png" />
			{themeColor !== null && <ThemeColor {...themeColor} />}
		</>
	);
};

const ThemeColor = ({ light, dark }: { light: string; dark: string }) =>
	light === dark ? (
		<meta name="theme-color" content={light} />
	) : (
		<>
			<meta name="theme-color" content={light} media="(prefers-color-scheme: light)" />
			<meta name="theme-color" content={dark} media="(prefers-color-scheme: dark)" />
		</>
	);
