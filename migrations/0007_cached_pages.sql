CREATE TABLE `cached_page_counts` (
	`day` integer PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cached_pages` (
	`post_id` text PRIMARY KEY NOT NULL,
	`deployment` text NOT NULL,
	`revision` integer NOT NULL,
	`rendered_at` integer NOT NULL,
	`changes_at` integer,
	`etag` text NOT NULL,
	`body` text
);

--> statement-breakpoint
-- Empties the cached page of a post in the statement that changes what it shows, so that deleted words leave the database at
-- once. The row without an id stands for all threads: it comes before every id, and empties all pages.
CREATE TRIGGER cached_pages_empty_insert AFTER INSERT ON pending_purges
BEGIN
	UPDATE cached_pages SET body = NULL
	WHERE post_id BETWEEN NEW.post_id AND iif(NEW.post_id = '', char(0x10ffff), NEW.post_id) AND body IS NOT NULL;
END;
--> statement-breakpoint
-- The same for further changes.
CREATE TRIGGER cached_pages_empty_update AFTER UPDATE OF revision ON pending_purges
	WHEN NEW.revision <> OLD.revision
BEGIN
	UPDATE cached_pages SET body = NULL
	WHERE post_id BETWEEN NEW.post_id AND iif(NEW.post_id = '', char(0x10ffff), NEW.post_id) AND body IS NOT NULL;
END;
--> statement-breakpoint
-- Counts a page that is stored for the first time.
CREATE TRIGGER cached_pages_count_insert AFTER INSERT ON cached_pages
BEGIN
	INSERT INTO cached_page_counts (day, count) VALUES (NEW.rendered_at / 86400000, 1)
		ON CONFLICT (day) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
-- Counts a page that is stored again.
CREATE TRIGGER cached_pages_count_update AFTER UPDATE OF body ON cached_pages
	WHEN NEW.body IS NOT NULL
BEGIN
	INSERT INTO cached_page_counts (day, count) VALUES (NEW.rendered_at / 86400000, 1)
		ON CONFLICT (day) DO UPDATE SET count = count + 1;
END;
