import { daysBefore } from '../moments.ts';
import type { Random } from '../random.ts';
import { aMedia, pictureOf, platesOf } from './files.ts';
import type { Ids } from './ids.ts';
import type { Product } from './patronage.ts';
import type { Plan } from './plans.ts';

type Shop = { plan: Plan; ids: Ids; now: Date };

/** What is sold one by one, beside the tiers. Somebody who has not bought it sees the preview only. */
export function seedProducts(random: Random, { plan, ids, now }: Shop): Product[] {
  return plan.products.map(({ name, description, priceCents, isOwned }, index) => {
    const age = random.int(60, 500);
    const createdAt = daysBefore(now, age);
    const paragraphs = [description, ...(plan.materials[0]?.topics[index]?.sentences ?? [])].filter(
      (sentence) => !sentence.includes('{'),
    );
    return {
      id: ids.other(),
      name,
      description,
      priceCents,
      publishedAt: createdAt,
      contentType: 'digital_commerce',
      ownedSince: isOwned ? daysBefore(now, Math.round(age / 2)) : null,
      content: [
        aMedia(
          { kind: 'pdf', title: name, paragraphs, pictures: platesOf(plan, 30 + index), scannedPages: 2 },
          { id: ids.media(), role: 'attachment', fileName: `${name}.pdf`, disposition: 'rfc5987', createdAt },
        ),
      ],
      preview: [aMedia(pictureOf(plan, 30 + index), { id: ids.media(), role: 'image', createdAt })],
    };
  });
}
