ALTER TABLE `verifications` ADD `used_at` integer;--> statement-breakpoint
ALTER TABLE `verifications` ADD `used_by` text;