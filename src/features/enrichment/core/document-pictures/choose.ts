import type { ListedPicture } from './listed.ts';

/** What is known of a page of a document, apart from its pictures. Points are a 72nd of an inch. */
export type DocumentPage = {
  page: number;
  widthPoints: number;
  heightPoints: number;
  /** In its own words and in those that were recognised; null while nobody has read the picture of a page without words. */
  letters: number | null;
};

/** Places as in `ListedPicture`. */
export type ChosenPicture = {
  place: number;
  width: number;
  height: number;
  isJpeg: boolean;
  /** Of black and white only. */
  isBitmap: boolean;
  /** Says how far it is seen through. */
  softMask: number | null;
};

export type PageToExtract = { page: number; pictures: readonly ChosenPicture[] };

/** `awaitsWords`: some pages are only a picture, and whether it is a scan is known when their words are read. */
export type Choice = { pages: readonly PageToExtract[]; awaitsWords: boolean };

/** More than this is an attack, or wants more memory than a small server has. */
export const MOST_PIXELS = 50_000_000;
/** All pictures of a page are unpacked to have one of them. */
const MOST_PIXELS_OF_A_PAGE = 200_000_000;
const MOST_DRAWN_ON_A_PAGE = 500;
const MOST_PICTURES = 300;

/** Less are buttons, bullets and lines. */
const LEAST_SHORT_SIDE = 100;
const LEAST_LONG_SIDE = 200;
const MOST_TIMES_AS_LONG = 8;
/** Two centimetres: a logo of thousand pixels is still a logo. */
const LEAST_INCHES = 0.8;
/** A scan leaves some edge, or goes a little over it. */
const WHOLE_PAGE = 0.85;
/** A tenth of a page of text. A plate or a map has its name and some words on it. */
const MOST_LETTERS_OF_A_PLATE = 300;

/** Which of the pictures of a document somebody would want by themselves, in their order, each once however often it is drawn. */
export function choosePictures(listed: readonly ListedPicture[], pages: readonly DocumentPage[]): Choice {
  const pageOf = new Map(pages.map((one) => [one.page, one]));
  const seen = new Set<string>();
  let left = MOST_PICTURES;
  let awaitsWords = false;
  const chosen = [...Map.groupBy(listed, ({ page }) => page)].map(([page, drawn]): PageToExtract => {
    const pictures: ChosenPicture[] = [];
    for (const candidate of isHostile(drawn) ? [] : drawn.flatMap((one) => candidateOf(one, drawn))) {
      const { object, drawn: _, ...picture } = candidate;
      const fit = fitOf(candidate, pageOf.get(page));
      if (fit === 'nobody-knows') awaitsWords = true;
      if (fit !== 'wanted' || left === 0 || (object !== null && seen.has(object))) continue;
      if (object !== null) seen.add(object);
      left -= 1;
      pictures.push(picture);
    }
    return { page, pictures };
  });
  return { pages: chosen.filter(({ pictures }) => pictures.length > 0), awaitsWords };
}

/** One that is too large takes those beside it along: the program draws all of a page. */
const isHostile = (drawn: readonly ListedPicture[]): boolean =>
  drawn.length > MOST_DRAWN_ON_A_PAGE ||
  drawn.some((one) => pixelsOf(one) > MOST_PIXELS) ||
  drawn.reduce((sum, one) => sum + pixelsOf(one), 0) > MOST_PIXELS_OF_A_PAGE;

const pixelsOf = ({ width, height }: ListedPicture): number => width * height;

type Candidate = ChosenPicture & Pick<ListedPicture, 'object' | 'drawn'>;

function candidateOf(picture: ListedPicture, drawn: readonly ListedPicture[]): Candidate[] {
  if (picture.type !== 'image' || !isOfSize(picture)) return [];
  const mask = drawn[picture.place + 1];
  // What a hard mask shows and what it hides cannot be told apart: pdfimages does not say which of both is 1.
  if (mask?.type === 'mask') return [];
  const { place, width, height, isJpeg } = picture;
  const isBitmap = picture.bits === 1 && picture.components === 1;
  const softMask = mask?.type === 'smask' ? mask.place : null;
  return [{ place, width, height, isJpeg, isBitmap, softMask, object: picture.object, drawn: picture.drawn }];
}

/** A page that is a picture is wanted when it is neither the scan of a text nor the paper under one. */
function fitOf(
  { drawn, isBitmap, softMask }: Candidate,
  page: DocumentPage | undefined,
): 'wanted' | 'nobody-knows' | 'unwanted' {
  if (!page || !isWhole(drawn, page)) return 'wanted';
  if (isBitmap || softMask !== null) return 'unwanted';
  if (page.letters === null) return 'nobody-knows';
  return page.letters <= MOST_LETTERS_OF_A_PLATE ? 'wanted' : 'unwanted';
}

function isOfSize({ width, height, drawn }: ListedPicture): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return (
    short >= LEAST_SHORT_SIDE &&
    long >= LEAST_LONG_SIDE &&
    long <= short * MOST_TIMES_AS_LONG &&
    drawn !== null &&
    Math.max(drawn.width, drawn.height) >= LEAST_INCHES
  );
}

/** Also when the page is shown turned. */
function isWhole(drawn: Candidate['drawn'], { widthPoints, heightPoints }: DocumentPage): boolean {
  if (!drawn) return false;
  const [short, long] = [Math.min(drawn.width, drawn.height), Math.max(drawn.width, drawn.height)];
  const [pageShort, pageLong] = [Math.min(widthPoints, heightPoints), Math.max(widthPoints, heightPoints)];
  return short * 72 >= pageShort * WHOLE_PAGE && long * 72 >= pageLong * WHOLE_PAGE;
}
