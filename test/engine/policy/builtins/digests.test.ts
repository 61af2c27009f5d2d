import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('digests are those of the UTF-8 bytes', () => {
  answers('crypto.md5', '"message"', '"78e731027d8fd50ed642340b7c9a63b3"');
  answers('crypto.sha1', '"abc"', '"a9993e364706816aba3e25717850c26c9cd0d89d"');
  answers('crypto.sha256', '"é"', '"4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"');
  isUndefined('crypto.sha256', '1');
});

test('HMACs take their key second', () => {
  // RFC 2202, test case 2, and RFC 4231, test case 2.
  answers('crypto.hmac.md5', '"what do ya want for nothing?", "Jefe"', '"750c783e6ab0b503eaa86e310a5db738"');
  answers('crypto.hmac.sha1', '"what do ya want for nothing?", "Jefe"', '"effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"');
  answers(
    'crypto.hmac.sha256',
    '"what do ya want for nothing?", "Jefe"',
    '"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"',
  );
  answers('crypto.hmac.equal', '"ab", "ab"', 'true');
  answers('crypto.hmac.equal', '"ab", "AB"', 'false');
  isUndefined('crypto.hmac.sha512', '"a", null');
});

test('hex and base64url know bytes, and no text that is none', () => {
  answers('hex.encode', '"é"', '"c3a9"');
  answers('hex.decode', '"C3a9"', '"é"');
  isUndefined('hex.decode', '"abc"');
  isUndefined('hex.decode', '"zz"');
  isUndefined('hex.decode', '"ff"');
  answers('base64url.encode_no_pad', '"a?>é"', '"YT8-w6k"');
});
