import { type Member, maxNameLength } from "../../members/member.ts";
import { isolate } from "../../text/direction.ts";
import { fill, plural } from "../ui/strings/strings.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

type Props = AdminFrame & {
	members: readonly (Member & { sessions: number })[];
	/** A new invitation link, shown only once, and whether it is for a member. */
	invited: { name: string; link: string; again: boolean } | null;
	typed: { name: string; role: string };
	errorMessage: string | null;
};

/** Renders the members and the form that invites another. */
export const TeamPage = (props: Props) => {
	const { strings, lang, members, invited, typed, errorMessage } = props;
	return (
		<AdminLayout {...props} title={strings.team}>
			{errorMessage !== null && (
				<p class="notice error-summary" role="alert">
					{errorMessage}
				</p>
			)}
			{invited !== null && (
				<div class="notice" role="status">
					<p>
						<b>{fill(strings.invitationCreated, { name: isolate(invited.name) })}</b>
					</p>
					<p>
						<code class="link">{invited.link}</code>
					</p>
					<p>
						{fill(strings.invitationCreatedText, { name: isolate(invited.name) })}
						{invited.again && ` ${fill(strings.invitedAgain, { name: isolate(invited.name) })}`}
					</p>
				</div>
			)}
			<ul class="rows">
				{members.map((member) => (
					<li>
						<div>
							<b>
								<bdi>{member.name}</bdi>
							</b>{" "}
							<small>
								{strings[`role_${member.role}`]}
								{" · "}
								{plural(strings.teamSessions, member.sessions, lang)}
							</small>
						</div>
						<form method="post" action={`/admin/team/${member.id}/role`}>
							<input type="hidden" name="role" value={member.role === "owner" ? "moderator" : "owner"} />
							<button type="submit">
								{member.role === "owner" ? strings.makeModerator : strings.makeOwner}
							</button>
						</form>
						<form method="post" action={`/admin/team/${member.id}/removal`}>
							<button type="submit">{strings.removeMember}</button>
						</form>
					</li>
				))}
			</ul>
			<h2>{strings.invite}</h2>
			<form class="plain" method="post" action="/admin/team/invitations">
				<p>
					<label for="name">{strings.memberName}</label>
					<input id="name" name="name" dir="auto" required maxlength={maxNameLength} value={typed.name} />
				</p>
				<p>
					<label for="role">{strings.memberRole}</label>
					<select id="role" name="role">
						<option value="moderator">{strings.role_moderator}</option>
						<option value="owner" selected={typed.role === "owner"}>
							{strings.role_owner}
						</option>
					</select>
				</p>
				<p class="hint">{strings.inviteHint}</p>
				<p class="buttons">
					<button type="submit" class="primary">
						{strings.createInvitation}
					</button>
				</p>
			</form>
		</AdminLayout>
	);
};
