/** A workspace to be loaded: how many people it has, and what they have said. */
export interface WorkspacePlan {
  slug: string;
  userCount: number;
  /** The number of participants of each conversation. */
  groupSizes: readonly number[];
  messageCount: number;
}

const groups = (count: number, size: number): number[] => Array<number>(count).fill(size);

/** Workspaces grow in number and not in size: a workspace has no more than so many messages, and four at least. */
const messagesPerTeam = 250_000;
const minTeams = 4;

export const slugs = { teams: "bench-team-", quiet: "bench-quiet", crowd: "bench-crowd" };
const crowdSizes = [1_000, 500] as const;

/**
 * Plans the workspaces of a database. Teams hold the messages, in groups of five, about 50 of them for each person; in
 * the quiet workspace people have more than 100 conversations; the crowd has two conversations, of 1,000 and of 500.
 */
export function planWorkspaces(messageCount: number): WorkspacePlan[] {
  const teams = Math.max(minTeams, Math.ceil(messageCount / messagesPerTeam));
  return [
    ...Array.from({ length: teams }, (_, index) => ({
      slug: `${slugs.teams}${index + 1}`,
      userCount: 25,
      groupSizes: groups(250, 5),
      messageCount: Math.round(messageCount / teams),
    })),
    { slug: slugs.quiet, userCount: 10, groupSizes: groups(250, 5), messageCount: 2_500 },
    { slug: slugs.crowd, userCount: crowdSizes[0], groupSizes: crowdSizes, messageCount: 100 },
  ];
}
