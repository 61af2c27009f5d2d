import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('a URI is read as Go reads it', () => {
  answers(
    'uri.parse',
    '"HTTPS://u:p@Example.com:80/a%2Fb?x=1#f%20g"',
    '{"scheme": "https", "hostname": "Example.com", "port": "80", "path": "/a/b", "raw_path": "/a%2Fb", "raw_query": "x=1", "fragment": "f g"}',
  );
  answers(
    'uri.parse',
    '"http://[fe80::1%25en0]:8/"',
    '{"scheme": "http", "hostname": "fe80::1%en0", "port": "8", "path": "/", "raw_path": "/"}',
  );
  answers('uri.parse', '"mailto:a"', '{"scheme": "mailto"}');
  const bad = [
    'http://a b/',
    'http://[1.2.3.4]/',
    'http://[::1',
    'http://a:b/',
    'http://a:1:2',
    ':a',
    'a:b/c d\\u0001',
    '1:2',
    '/%zz',
    'http://ex%41mple',
  ];
  for (const uri of bad) {
    isUndefined('uri.parse', `"${uri}"`);
    answers('uri.is_valid', `"${uri}"`, 'false');
  }
  answers('uri.is_valid', '""', 'false');
  answers('uri.is_valid', '"//a/b"', 'true');
});

test('queries are escaped and read', () => {
  answers('urlquery.encode', '"a b/é"', '"a+b%2F%C3%A9"');
  answers('urlquery.decode', '"a+b%2F%C3%A9"', '"a b/é"');
  isUndefined('urlquery.decode', '"%ff"');
  isUndefined('urlquery.decode', '"%4"');
  answers('urlquery.encode_object', '{"b": ["2", "1"], "a": {"y", "x"}, "c": "="}', '"a=x&a=y&b=2&b=1&c=%3D"');
  isUndefined('urlquery.encode_object', '{"a": [1]}');
  answers('urlquery.decode_object', '"a=1&b=&a=2&&c"', '{"a": ["1", "2"], "b": [""], "c": [""]}');
  isUndefined('urlquery.decode_object', '"a=1;b=2"');
  isUndefined('urlquery.decode_object', `"${'a&'.repeat(10_000)}"`);
});

test('networks contain addresses and one another', () => {
  const matches = (wholes: string, parts: string, wanted: string) =>
    answers('net.cidr_contains_matches', `${wholes}, ${parts}`, wanted);
  matches('["10.0.0.0/8", "11.0.0.0/8"]', '{"x": "10.1.2.3", "y": ["11.0.0.0/9", "note"]}', '{[0, "x"], [1, "y"]}');
  matches('"::/0"', '{"::ffff:0:0/80"}', '{["::/0", "::ffff:0:0/80"]}');
  matches('"::/0"', '"1.2.3.4"', 'set()');
  matches('["no network"]', '[]', 'set()');
  isUndefined('net.cidr_contains_matches', '["10.0.0.0/8"], ["10.0.0.300"]');
});

test('networks are expanded, merged and checked', () => {
  answers('net.cidr_expand', '"10.0.0.255/31"', '{"10.0.0.254", "10.0.0.255"}');
  answers('net.cidr_expand', '"255.255.255.255/32"', '{"255.255.255.255"}');
  answers('net.cidr_expand', '"2001:db8::fffe/127"', '{"2001:db8::fffe", "2001:db8::ffff"}');
  answers('net.cidr_merge', '["10.0.0.0/25", "10.0.0.128/25", "10.0.0.4/32"]', '{"10.0.0.0/24"}');
  answers('net.cidr_merge', '{"10.0.0.1/32", "10.0.0.2/31"}', '{"10.0.0.1/32", "10.0.0.2/31"}');
  answers('net.cidr_merge', '["2001:db8::/33", "2001:db8:8000::/33"]', '{"2001:db8::/32"}');
  isUndefined('net.cidr_merge', '["::1"]');
  for (const network of [
    '10.0.0.0/33',
    '10.0.0.00/8',
    '10.0.0/8',
    'fe80::1%a/64',
    '::1::/8',
    '10.0.0.0',
    '1:2:3:4:5:6:7:8:9/8',
  ])
    answers('net.cidr_is_valid', `"${network}"`, 'false');
  answers('net.cidr_is_valid', '"::ffff:1.2.3.4/128"', 'true');
});
