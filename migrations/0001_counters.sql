-- Counters follow the rows they count, in the statement that changes those rows, whoever runs it.
CREATE TRIGGER comments_counted_in AFTER INSERT ON comments WHEN NEW.state = 'published'
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER comments_counted_again AFTER UPDATE OF state ON comments
	WHEN (OLD.state = 'published') <> (NEW.state = 'published')
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, max(0, (NEW.state = 'published') - (OLD.state = 'published')))
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + (NEW.state = 'published') - (OLD.state = 'published');
END;
--> statement-breakpoint
CREATE TRIGGER post_reactions_counted_in AFTER INSERT ON reactions WHEN NEW.comment_id = 0
BEGIN
	INSERT INTO threads (post_id, tallies) VALUES (NEW.post_id, json_object(NEW.kind, 1))
		ON CONFLICT (post_id) DO UPDATE SET tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1);
END;
--> statement-breakpoint
CREATE TRIGGER post_reactions_counted_out AFTER DELETE ON reactions WHEN OLD.comment_id = 0
BEGIN
	UPDATE threads SET tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1) WHERE post_id = OLD.post_id;
END;
--> statement-breakpoint
CREATE TRIGGER comment_reactions_counted_in AFTER INSERT ON reactions WHEN NEW.comment_id <> 0
BEGIN
	UPDATE comments SET tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1) WHERE id = NEW.comment_id;
END;
--> statement-breakpoint
CREATE TRIGGER comment_reactions_counted_out AFTER DELETE ON reactions WHEN OLD.comment_id <> 0
BEGIN
	UPDATE comments SET tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1) WHERE id = OLD.comment_id;
END;
