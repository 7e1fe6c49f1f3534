-- A comment's reactions are also summed, in the same statement that counts them by kind.
DROP TRIGGER comment_reactions_counted_in;
--> statement-breakpoint
DROP TRIGGER comment_reactions_counted_out;
--> statement-breakpoint
CREATE TRIGGER comment_reactions_counted_in AFTER INSERT ON reactions WHEN NEW.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1),
		reaction_count = reaction_count + 1
	WHERE id = NEW.comment_id;
END;
--> statement-breakpoint
CREATE TRIGGER comment_reactions_counted_out AFTER DELETE ON reactions WHEN OLD.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1),
		reaction_count = reaction_count - 1
	WHERE id = OLD.comment_id;
END;
--> statement-breakpoint
UPDATE comments SET reaction_count = (SELECT coalesce(sum(value), 0) FROM json_each(tallies)) WHERE tallies <> '{}';
