CREATE TABLE `newcomers` (
	`hour` integer NOT NULL,
	`network` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`hour`, `network`)
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`source` text NOT NULL,
	`written_at` integer NOT NULL,
	`replaced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `revisions_comment` ON `revisions` (`comment_id`);--> statement-breakpoint
ALTER TABLE `comments` ADD `form_key` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `reaction_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `edited_at` integer;--> statement-breakpoint
CREATE INDEX `comments_roots` ON `comments` (`post_id`) WHERE parent_id IS NULL AND state IN ('published', 'deleted');--> statement-breakpoint
CREATE INDEX `comments_top` ON `comments` (`post_id`,`reaction_count`) WHERE parent_id IS NULL AND state IN ('published', 'deleted');--> statement-breakpoint
CREATE INDEX `comments_recent` ON `comments` (`created_at`) WHERE state = 'published';--> statement-breakpoint
CREATE INDEX `comments_latest` ON `comments` (`post_id`,`created_at`) WHERE state = 'published';--> statement-breakpoint
ALTER TABLE `threads` ADD `closed_at` integer;--> statement-breakpoint
CREATE INDEX `reactions_visitor` ON `reactions` (`visitor`);