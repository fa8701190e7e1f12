import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAddress, originOf, parseAddress } from './address.ts';

const read = (text: string): string => {
  const address = parseAddress(text);
  return address.ok ? formatAddress(address.value) : address.error.code;
};

test.each([
  ['nas:7878', 'http://nas:7878'],
  ['  HTTP://NAS:80/  ', 'http://nas'],
  ['https://media.example.org:443/radarr/', 'https://media.example.org/radarr'],
  ['https://media.example.org:80//a//b/', 'https://media.example.org:80/a/b'],
  ['http://[FD12::1]:8096/jellyfin', 'http://[fd12::1]:8096/jellyfin'],
  ['http://[::1]', 'http://[::1]'],
  ['my_radarr', 'http://my_radarr'],
  ['192.168.1.10:8989', 'http://192.168.1.10:8989'],
  ['http://nas./x', 'http://nas/x'],
])('T-15 %s is read as %s', (typed, address) => {
  expect(read(typed)).toBe(address);
});

test.each([
  ['', 'address.empty'],
  ['ftp://nas', 'address.scheme'],
  ['file:///etc/passwd', 'address.scheme'],
  ['http://me:secret@nas', 'address.has-credentials'],
  ['http://nas@169.254.169.254', 'address.has-credentials'],
  ['http://nas:8096/web/index.html#!/home', 'address.has-query'],
  ['http://nas/?apikey=abc', 'address.has-query'],
  ['http://', 'address.host'],
  ['http://a b', 'address.host'],
  ['http://nas\\@evil', 'address.host'],
  ['http://-nas', 'address.host'],
  ['http://a..b', 'address.host'],
  ['fd12::1', 'address.ipv6-needs-brackets'],
  ['http://[nas]', 'address.host'],
  ['http://nas:0', 'address.port'],
  ['http://nas:99999', 'address.port'],
  ['http://nas:', 'address.port'],
  ['http://nas/../admin', 'address.path'],
  ['http://nas/%2e%2e/admin', 'address.path'],
  ['http://nas/a<b', 'address.path'],
])('%s is refused as %s', (typed, code) => {
  expect(read(typed)).toBe(code);
});

test.each([
  'http://169.254.169.254/latest',
  'http://169.254.1.1',
  'http://metadata.google.internal.',
  'http://[64:ff9b::169.254.169.254]',
  'http://[fe90::1]',
  'http://[febf::1]',
  'http://[::169.254.169.254]',
  'http://[fe80::1]',
  'http://[fd00:ec2::254]',
  'http://[::ffff:169.254.169.254]',
  'http://[0:0:0:0:0:ffff:a9fe:a9fe]',
])('the place where cloud machines keep their secrets is refused: %s', (typed) => {
  expect(read(typed)).toBe('address.metadata');
});

test.each(['2852039166', '0xA9FEA9FE', '0251.0376.0251.0376', '169.254.43518', '1.2.3.256'])(
  'an IPv4 address in another spelling is refused: %s',
  (host) => {
    expect(read(`http://${host}`)).toBe('address.host');
  },
);

test('what was read is read as the same again, and fetch understands it alike', () => {
  fc.assert(
    fc.property(fc.webUrl(), (url) => {
      const first = parseAddress(url);
      if (!first.ok) return;
      expect(parseAddress(formatAddress(first.value))).toEqual(first);
      expect(new URL(formatAddress(first.value)).origin).toBe(originOf(first.value));
    }),
  );
});
