import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSound } from '../../tools/seed/patreon/media/programs.ts';
import { openBesideModels } from './model-house.ts';
import { openHouse, openPage } from './support.ts';

const open = () => openBesideModels(() => openHouse({ films: 12, series: 1 }));

let stage: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  stage = await open();
});
afterAll(() => stage.close());

const canSpeak = await hasSound();

describe.each([
  { javaScriptEnabled: true, locale: 'en-GB', colorScheme: 'light' },
  { javaScriptEnabled: false, locale: 'es-ES', colorScheme: 'dark' },
] as const)('with JavaScript: $javaScriptEnabled, in $locale', (options) => {
  const isEnglish = options.locale === 'en-GB';
  const words = isEnglish
    ? {
        test: 'Test',
        save: 'Save',
        refused: 'The key was refused',
        choices: 'There are: whisper-1',
        on: 'It listens from now on',
        missing: 'Say which model',
        shortKey: 'The saved key was given for another server',
        reads: 'It reads what is there from now on',
      }
    : {
        test: 'Probar',
        save: 'Guardar',
        refused: 'Ha rechazado la clave',
        choices: 'Los que hay: whisper-1',
        on: 'A partir de ahora transcribe',
        missing: 'Indica de qué modelo',
        shortKey: 'La clave guardada era de otro servidor',
        reads: 'A partir de ahora lee lo que hay',
      };

  test.skipIf(!canSpeak)(
    'A-08: a model from the first mistake to a word that it understands, and on',
    async () => {
      const { browser, house, openai } = stage;
      await house.api.patch('/models/speech', { isOn: false, url: '', model: '', key: null });
      const { context, page, complaints } = await openPage(browser, house.program.address, '/settings', {
        ...options,
        viewport: { width: 375, height: 812 },
      });
      await page.click('nav a[href="/settings/models"]');
      await page.waitForURL('**/settings/models');
      expect(await page.isChecked('[name=isOn]')).toBe(false);

      await page.fill('[name=url]', openai.url);
      await page.click(`button:has-text("${words.test}")`);
      await page.waitForSelector(`text=${words.missing}`);

      await page.fill('[name=model]', openai.model);
      await page.fill('[name=key]', 'sk-wrong');
      await page.click(`button:has-text("${words.test}")`);
      await page.waitForSelector(`text=${words.refused}`);
      // A page that comes anew never has what was typed there.
      if (!options.javaScriptEnabled) expect(await page.inputValue('[name=key]')).toBe('');

      await page.fill('[name=key]', openai.apiKey);
      await page.fill('[name=model]', 'whisper-9');
      await page.click(`button:has-text("${words.test}")`);
      await page.waitForSelector(`text=${words.choices}`);

      await page.fill('[name=key]', openai.apiKey);
      await page.fill('[name=model]', openai.model);
      await page.click(`button:has-text("${words.test}")`);
      expect(await page.textContent('form [role=status]')).toMatch(/ms .*[“«]Hola[”»]/);
      if (options.javaScriptEnabled) {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      }

      await page.fill('[name=key]', openai.apiKey);
      await page.check('[name=isOn]');
      await page.click(`button:has-text("${words.save}")`);
      await page.waitForSelector(`text=${words.on}`);
      expect(await page.content()).not.toContain(openai.apiKey);
      expect(await house.api.get('/models/speech')).toEqual({
        isOn: true,
        url: openai.url,
        model: openai.model,
        hasKey: true,
      });
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test('A-09: a model of meaning from the first mistake to numbers, with its prefixes, and on', async () => {
    const { browser, house, openai } = stage;
    await house.api.patch('/models/meaning', { isOn: false, url: '', model: '', key: null });
    const { address } = house.program;
    const { context, page, complaints } = await openPage(browser, address, '/settings/models', {
      ...options,
      viewport: { width: 375, height: 812 },
    });
    const form = page.locator('form#meaning');
    const say = async (fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(value);
    };
    const press = (name: string) => form.locator(`button:has-text("${name}")`).click();
    const shows = (text: string) => form.locator(`text=${text}`).first().waitFor();

    await say({ url: openai.url });
    await press(words.test);
    await shows(words.missing);
    await say({ model: 'e5-9', key: openai.apiKey });
    await form.locator('[name=isOn]').check();
    await press(words.save); // what does not answer is not turned on
    await shows(words.choices);
    expect(await house.api.get('/models/meaning')).toMatchObject({ isOn: false, model: '' });

    await say({ model: openai.embeds, key: openai.apiKey });
    await press(words.test);
    const told = await form.locator('[role=status]').textContent();
    expect(told).toMatch(/hola.*query:.*384 .* ms/);
    if (options.javaScriptEnabled) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    }

    await say({ key: openai.apiKey });
    await press(words.save);
    await page.waitForSelector(`text=${words.reads}`);
    expect(await page.content()).not.toContain(openai.apiKey);
    expect(await house.api.get('/models/meaning')).toEqual({
      isOn: true,
      url: openai.url,
      model: openai.embeds,
      hasKey: true,
      queryPrefix: null,
      passagePrefix: null,
      prefixes: { query: 'query: ', passage: 'passage: ' },
      dimensions: 384,
    });

    await page.goto(`${address}/settings/models`);
    await form.locator('summary').click();
    await shows('passage:');
    await form.locator('[name=withoutPrefixes]').check();
    await press(words.test);
    await form.locator('[role=status]').waitFor();
    expect(await form.locator('[role=status]').textContent()).not.toContain('query:');
    await say({ url: 'http://elsewhere.invalid' });
    await press(words.save);
    await shows(words.shortKey);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
