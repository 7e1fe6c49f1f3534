/** The desk in English. Every other language has exactly these keys. */
export const deskEn = {
	desk: "Desk",
	deskNavigation: "Desk",
	signOut: "Sign out",
	signedInAs: "Signed in as {name}",
	toTheBlog: "To the blog",
	role_owner: "Owner",
	role_moderator: "Moderator",

	signIn: "Sign in",
	signInLead: "Sign in with the passkey you enrolled on this device, or with one on your phone.",
	signInButton: "Sign in with a passkey",
	noPasskey: "No passkey yet, or lost it? Whoever runs this blog can make you a link: npm run invite.",
	needsScript:
		"Passkeys are handled by your browser, and only a script can ask it for one. Please allow this page's script; the desk itself works without.",
	ceremonyTrouble: "Your browser gave no passkey. Nothing has changed; you can try again.",
	signInFailed:
		"That did not prove a passkey of this blog, or the page had been open for too long. Please try again.",
	tooManyAttempts: "Too many attempts from your network. Please wait a minute and try again.",
	refusedHere:
		"Your browser did not say that this came from this site. Go back, reload the page and try again.",
	ownersOnly: "Only an owner can do this.",
	membersOnly: "Please sign in at /admin/sign-in first.",
	deskClosedTitle: "The desk is closed",
	deskClosed:
		"This deployment lacks what signing in rests on: {missing}. Deploy with npm run deploy, which makes them, or set them by wrangler secret put. Each must be at least 32 characters.",
	deskUnready:
		"The database is not there or not up to date yet. Run npm run deploy (or npm start, locally) first.",
	deskDown: "The database does not answer at the moment. Please try again in a minute.",
	accessUnknown:
		"Cloudflare Access let you through, but neither ACCESS_OWNERS nor ACCESS_MODERATORS names your address.",

	enrol: "Welcome, {name}",
	enrolLead_owner:
		"You are invited to this blog's desk as its owner. Your passkey stays on your device; the blog only learns its public half.",
	enrolLead_moderator:
		"You are invited to this blog's desk as a moderator. Your passkey stays on your device; the blog only learns its public half.",
	enrolButton: "Make a passkey",
	enrolFailed:
		"The passkey could not be enrolled: the page had been open for too long, or it is enrolled already. Please try again.",
	invitationVoid: "This invitation does not hold",
	invitationVoidText:
		"It was used, it is more than a day old, or a newer one took its place. Ask for another: npm run invite.",

	account: "Your account",
	passkeys: "Passkeys",
	passkeyAdded: "Enrolled {date}",
	passkeyUsed: "last used {date}",
	passkeyUnused: "not used yet",
	addPasskey: "Add a passkey for another device",
	remove: "Remove",
	lastPasskey: "Your only passkey stays: without it you could not come back.",
	sessions: "Signed in on",
	sessionSince: "since {date}, last seen {seen}",
	thisSession: "this browser",
	endSession: "Sign out there",
	endOthers: "Sign out everywhere else",
	byAccess: "You came in through Cloudflare Access; passkeys and sessions are its affair.",

	team: "Team",
	teamSessions: { one: "signed in on {count} browser", other: "signed in on {count} browsers" },
	makeOwner: "Make owner",
	makeModerator: "Make moderator",
	removeMember: "Remove",
	lastOwner: "The last owner cannot be removed or made a moderator; make somebody else an owner first.",
	invite: "Invite somebody",
	inviteHint:
		"An existing name gets a new passkey and is signed out everywhere else: the way back for someone who lost theirs.",
	memberName: "Name",
	memberNameWrong: "Write a name of at most 60 characters.",
	memberRole: "Role",
	makeInvitation: "Make a link",
	invitationMade: "A link for {name}",
	invitationMadeText: "It holds once, for a day. Hand it over by a way only {name} can read.",

	unknownDevice: "Unknown browser",
	never: "never",
} as const;
