import type { Genre } from '../overviews.ts';

/** From the top of the picture to its foot, with one colour that stands out and one for the letters. */
export type Palette = {
  top: string;
  middle: string;
  foot: string;
  accent: string;
  far: string;
  near: string;
  ink: string;
};

const palette = (
  top: string,
  middle: string,
  foot: string,
  accent: string,
  far: string,
  near: string,
  ink: string,
): Palette => ({
  top,
  middle,
  foot,
  accent,
  far,
  near,
  ink,
});

export const palettes: Record<Genre, readonly [Palette, ...Palette[]]> = {
  Drama: [
    palette('#2b2d42', '#6d597a', '#e5989b', '#ffcdb2', '#5b4b6b', '#2a2238', '#fff4e8'),
    palette('#1f3a4d', '#4f7c82', '#d9c5a0', '#f2e3bc', '#3f6470', '#1b2f3a', '#fdf6e3'),
    palette('#3d2c2e', '#855e42', '#e8b987', '#ffe1b3', '#6b4636', '#2b1d1c', '#fff3df'),
  ],
  Comedy: [
    palette('#f9c74f', '#f9a03f', '#f3722c', '#fff3c4', '#e4572e', '#8f2d1d', '#fffaf0'),
    palette('#7bdff2', '#b2f7ef', '#f7d6e0', '#f2647c', '#5cb8c9', '#23606e', '#123840'),
    palette('#ffd6a5', '#fdae8f', '#ee6c6c', '#fff1d0', '#d85a6a', '#6d2540', '#fffaf2'),
  ],
  Thriller: [
    palette('#0b0c10', '#1f2833', '#45606b', '#e63946', '#1c2a33', '#06080b', '#f1faee'),
    palette('#14110f', '#3b3026', '#7e6b4f', '#f4a259', '#2d241c', '#0c0a08', '#fbf3e4'),
  ],
  'Science Fiction': [
    palette('#0d0b2b', '#3a1c71', '#d76d77', '#ffaf7b', '#2b1459', '#0a0720', '#fdf0ff'),
    palette('#031926', '#0b5563', '#5eb1a6', '#e8f7c6', '#08404c', '#021016', '#effff8'),
    palette('#141e30', '#35577d', '#9fc5d1', '#ff9f6b', '#243b58', '#0c1421', '#f4fbff'),
  ],
  Horror: [
    palette('#100b0b', '#3d0c11', '#8a1c1c', '#f25c54', '#2a080b', '#080404', '#fbe9e7'),
    palette('#0c1411', '#1f3b32', '#557a5f', '#d8f3a2', '#17302a', '#060b09', '#f0f7ea'),
  ],
  Romance: [
    palette('#5f2a5b', '#c06c84', '#f8b195', '#ffe0d1', '#8f4468', '#3f1a43', '#fff5ef'),
    palette('#355070', '#b56576', '#eaac8b', '#ffe3c9', '#6d597a', '#2a2f4a', '#fff6ee'),
  ],
  Adventure: [
    palette('#1d6a86', '#62b6b7', '#f2d492', '#fff1c1', '#2f7f7c', '#12423f', '#fffbea'),
    palette('#7a3e16', '#d98e4a', '#f6d8a5', '#fff2d6', '#a55d2a', '#472008', '#fff8ea'),
  ],
  Documentary: [
    palette('#e9e4d8', '#d4cbb7', '#b3a78d', '#bf4e30', '#9a8f78', '#4b4638', '#2c281f'),
    palette('#dfe7e8', '#b9cbcf', '#83a0a8', '#e07a5f', '#6b8790', '#2c4149', '#182a30'),
  ],
  Animation: [
    palette('#5b5ee1', '#9d7bff', '#ffb3e6', '#fff07c', '#6f51d6', '#2f1f80', '#ffffff'),
    palette('#00a6a6', '#6be0c8', '#fef6b8', '#ff8a5c', '#22b7a3', '#0b5f61', '#063c3d'),
    palette('#ff7d6b', '#ffb36b', '#ffe59a', '#ffffff', '#ef5f67', '#7d2450', '#fffdf5'),
  ],
  Crime: [
    palette('#1a1a22', '#33384a', '#8b8378', '#e9c46a', '#2a2e3d', '#0d0d12', '#fbf6e6'),
    palette('#20222a', '#5c3b3b', '#c77d5b', '#ffd29d', '#41292c', '#120f12', '#fff3e3'),
  ],
  Fantasy: [
    palette('#0f2a43', '#3b5b92', '#b8a1d9', '#fdf4b8', '#2b4675', '#0b1b30', '#fcf8ff'),
    palette('#1c3b2f', '#4e8a5f', '#d9e5a3', '#fff5b5', '#2f6145', '#10261d', '#fdfff0'),
  ],
  Family: [
    palette('#4ea8de', '#8fd3f4', '#fef3c7', '#ffb703', '#5fb49c', '#24685a', '#103c46'),
    palette('#f6bd60', '#f7d59c', '#f7ede2', '#f28482', '#84a59d', '#3f5f58', '#33423e'),
  ],
};
