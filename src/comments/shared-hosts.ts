/** Hosts on which the first segment of a path names an account, or where a short link leads. */
const accountHosts = words(`
	github.com gist.github.com raw.githubusercontent.com gitlab.com bitbucket.org codeberg.org sr.ht huggingface.co kaggle.com
	replit.com codepen.io medium.com dev.to hashnode.com x.com twitter.com instagram.com threads.net threads.com tiktok.com
	pinterest.com tumblr.com snapchat.com twitch.tv vimeo.com dailymotion.com soundcloud.com patreon.com ko-fi.com
	buymeacoffee.com linktr.ee about.me gumroad.com etsy.com behance.net dribbble.com t.me telegram.me wa.me discord.gg
	line.me lin.ee note.com qiita.com zenn.dev ameblo.jp b.hatena.ne.jp d.hatena.ne.jp blog.goo.ne.jp lit.link
	bit.ly tinyurl.com t.co goo.gl is.gd ow.ly buff.ly rebrand.ly cutt.ly amzn.to youtu.be forms.gle maps.app.goo.gl
	telegra.ph pastebin.com del.icio.us
`);

/** Other hosts that many people share, on which a whole address names a thing. */
const pageHosts = words(`
	youtube.com facebook.com fb.com linkedin.com reddit.com bsky.app quora.com stackoverflow.com stackexchange.com
	superuser.com serverfault.com news.ycombinator.com wikipedia.org wikimedia.org wiktionary.org wikidata.org fandom.com
	archive.org archive.ph google.com google.co.jp docs.google.com drive.google.com sites.google.com play.google.com
	maps.google.com groups.google.com storage.googleapis.com s3.amazonaws.com apple.com apps.apple.com itunes.apple.com
	music.apple.com amazon.com amazon.co.jp amazon.co.uk amazon.de amazon.fr ebay.com aliexpress.com rakuten.co.jp
	mercari.com spotify.com open.spotify.com imdb.com goodreads.com imgur.com flickr.com dropbox.com onedrive.live.com
	notion.so npmjs.com pypi.org crates.io docs.rs packagist.org rubygems.org hub.docker.com sourceforge.net
	developer.mozilla.org microsoft.com web.dev w3.org ietf.org arxiv.org doi.org nicovideo.jp pixiv.net yahoo.co.jp
	yahoo.com bing.com baidu.com zhihu.com bilibili.com weibo.com vk.com discord.com slack.com steamcommunity.com
	store.steampowered.com change.org gofundme.com kickstarter.com meetup.com eventbrite.com
`);

/** First segments after which a person's own part of a shared host begins, on any host. */
const accountSegment = /^[~@]./;

/**
 * Returns the part of a host that belongs to one person or thing, as a path; "" where the whole host does. Parameters of
 * tracking are ignored.
 */
export function ownPart(host: string, { pathname, searchParams }: URL): string {
	const [first = ""] = pathname.split("/").filter(Boolean);
	const bare = host.replace(/^(?:m|mobile|old|amp|[a-z]{2})\.(?=.*\.)/, "");
	const isIn = (hosts: ReadonlySet<string>) => hosts.has(host) || hosts.has(bare);
	if (isIn(accountHosts) || accountSegment.test(first)) return first === "" ? "" : `/${first.toLowerCase()}`;
	if (!isIn(pageHosts)) return "";
	const query = [...searchParams]
		.filter(([name]) => !tracking.test(name))
		.map((pair) => pair.join("="))
		.sort()
		.join("&");
	return pathname.replace(/\/+$/, "") + (query === "" ? "" : `?${query}`);
}

/** Parameters that say how a reader came, or where a video begins, and not what a page is. */
const tracking = /^(?:utm_\w+|[a-z]{2,3}clid|si|s|t|ref|ref_src|feature|igshid|igsh|hl|lang|app)$/;

function words(list: string): ReadonlySet<string> {
	return new Set(list.split(/\s+/).filter(Boolean));
}
