import { err, ok, type Result } from '#core/result.ts';
import type { SourceCreator, SourcePicture } from '#features/archive/core/post.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import { countIn, fieldsIn, flagIn, numberIn, textIn, type Fields } from '../shared/fields.ts';
import { readHtml } from '../shared/html.ts';
import { safeLink } from '../shared/link.ts';
import { blocksOf } from '../shared/rich.ts';
import { plainText } from '../shared/plain-text.ts';
import type { PatreonClient } from './client.ts';
import { openDocument, type Document, type Resource } from './document.ts';
import type { Hosts } from './hosts.ts';
import { campaignQuery, membershipsQuery } from './questions.ts';

/** Everybody whose posts the sign-in may read, with their tiers. */
export async function readCreators(
  client: PatreonClient,
  hosts: Hosts,
  signal: AbortSignal,
): Promise<Result<readonly SourceCreator[], SourceProblem>> {
  const answer = await client.ask('current_user', membershipsQuery, signal);
  if (!answer.ok) return answer;
  const document = openDocument(answer.value.fields);
  const user = document?.data[0];
  if (!document || !user) return err({ code: 'source.bad-answer', reason: 'An account without data' });
  const creators: SourceCreator[] = [];
  for (const member of document.related(user, 'active_memberships')) {
    for (const known of document.related(member, 'campaign')) {
      const whole = await readCampaign(client, known, signal);
      if (!whole.ok) return whole;
      creators.push(creatorOf({ ...whole.value, member, hosts }));
    }
  }
  return ok(creators);
}

type Campaign = { campaign: Resource; document: Document | null };

/** One that is gone is known by its membership still; it does not hide the others. */
async function readCampaign(
  client: PatreonClient,
  known: Resource,
  signal: AbortSignal,
): Promise<Result<Campaign, SourceProblem>> {
  const answer = await client.ask(`campaigns/${encodeURIComponent(known.id)}`, campaignQuery, signal);
  if (!answer.ok) return isGone(answer.error) ? ok({ campaign: known, document: null }) : answer;
  const document = openDocument(answer.value.fields);
  const campaign = document?.data[0];
  if (!campaign) return err({ code: 'source.bad-answer', reason: 'A campaign without data' });
  const attributes = { ...known.attributes, ...campaign.attributes };
  return ok({ campaign: { ...campaign, attributes }, document });
}

const isGone = ({ code }: SourceProblem): boolean =>
  code === 'source.not-found' || code === 'source.suspended' || code === 'source.forbidden';

function creatorOf({
  campaign,
  document,
  member,
  hosts,
}: Campaign & { member: Resource; hosts: Hosts }): SourceCreator {
  const { attributes } = campaign;
  const avatars = fieldsIn(attributes, 'avatar_photo_image_urls');
  const covers = fieldsIn(attributes, 'cover_photo_url_sizes');
  const picture = (url: string | null) => pictureAt(url, hosts);
  return {
    externalId: campaign.id,
    name: textIn(attributes, 'name')?.trim() ?? textIn(attributes, 'vanity') ?? campaign.id,
    url: safeLink(attributes['url'], 'https://www.patreon.com/'),
    summary: summaryOf(attributes),
    avatar: picture(
      textIn(avatars, 'original') ?? textIn(avatars, 'default') ?? textIn(attributes, 'avatar_photo_url'),
    ),
    cover: picture(
      textIn(covers, 'xlarge') ?? textIn(covers, 'large') ?? textIn(attributes, 'cover_photo_url'),
    ),
    tiers: document ? tiersOf(document, campaign) : [],
    membership: membershipOf(member.attributes),
    postCount: countIn(attributes, 'post_count') ?? countIn(attributes, 'creation_count'),
  };
}

/** The path names the file by its hash; what comes behind is a token, another one each time. */
function pictureAt(url: string | null, hosts: Hosts): SourcePicture | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed && hosts.of(parsed) !== 'other' ? { address: parsed.href, version: parsed.pathname } : null;
}

function summaryOf(attributes: Fields): string | null {
  const html = textIn(attributes, 'summary');
  const nothing = () => null;
  const hooks = {
    base: 'https://www.patreon.com/',
    image: nothing,
    frame: nothing,
    unknown: () => undefined,
  };
  const text = html === null ? '' : plainText(blocksOf(readHtml(html, hooks)));
  return text === '' ? textIn(attributes, 'one_liner') : text;
}

function membershipOf(member: Fields): SourceCreator['membership'] {
  if (flagIn(member, 'is_free_member') === true) return 'free';
  const pays = (numberIn(member, 'currently_entitled_amount_cents') ?? 0) > 0;
  const isGiven = flagIn(member, 'is_gifted') === true || flagIn(member, 'is_free_trial') === true;
  if (pays || isGiven || textIn(member, 'patron_status') === 'active_patron') return 'paid';
  return textIn(member, 'patron_status') === null ? 'free' : 'none';
}

/** Without those that mean everybody (-1) and whoever pays (0). */
const tiersOf = (document: Document, campaign: Resource): SourceCreator['tiers'] =>
  document
    .related(campaign, 'rewards')
    .filter(({ id, attributes }) => Number(id) > 0 && flagIn(attributes, 'published') !== false)
    .map(({ id, attributes }) => ({
      externalId: id,
      title: textIn(attributes, 'title')?.trim() ?? id,
      amountCents: countIn(attributes, 'amount_cents'),
      currency: textIn(attributes, 'currency'),
    }));
