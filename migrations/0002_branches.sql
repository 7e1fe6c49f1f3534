DROP INDEX `comments_roots`;--> statement-breakpoint
DROP INDEX `comments_top`;--> statement-breakpoint
ALTER TABLE `comments` ADD `answered` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `comments_roots` ON `comments` (`post_id`,`path`) WHERE parent_id IS NULL AND (state IN ('published', 'deleted') OR answered);--> statement-breakpoint
CREATE UNIQUE INDEX `comments_top` ON `comments` (`post_id`,`reaction_count`,`path`) WHERE parent_id IS NULL AND (state IN ('published', 'deleted') OR answered);