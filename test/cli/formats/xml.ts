import assert from 'node:assert/strict';

/** Children in their order, and attributes, that the JUnit schemas of Jenkins' plugins have in common. */
const schema: Record<string, { children: RegExp; attributes: string[] }> = {
  testsuites: {
    children: /^(?:testsuite )*$/,
    attributes: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
  },
  testsuite: {
    children: /^(?:properties )?(?:testcase )*(?:system-out )?(?:system-err )?$/,
    attributes: [
      'name',
      'tests',
      'failures',
      'errors',
      'time',
      'disabled',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
    ],
  },
  testcase: {
    children: /^(?:skipped )?(?:error )*(?:failure )*(?:system-out )*(?:system-err )*$/,
    attributes: ['name', 'assertions', 'time', 'classname', 'status'],
  },
  properties: { children: /^(?:property )+$/, attributes: [] },
  property: { children: /^$/, attributes: ['name', 'value'] },
  failure: { children: /^$/, attributes: ['type', 'message'] },
  error: { children: /^$/, attributes: ['type', 'message'] },
  skipped: { children: /^$/, attributes: [] },
};

const tag = /<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const text = /(?:[^<&\]]|&(?:amp|lt|gt|quot|#\d+);|\](?!\]>))+/y;

/** Fails where the text is no well-formed XML 1.0, or an element is not as the schema has it. */
export function wellFormed(document: string): void {
  assert.equal(
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(document),
    false,
    'a forbidden character',
  );
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  assert.ok(document.startsWith(head));
  const open: { name: string; children: string }[] = [{ name: '', children: '' }];
  let at = head.length;
  const close = () => {
    const { name, children } = open.pop() ?? { name: '', children: '' };
    assert.match(children, schema[name]?.children ?? /^(?!)/, `children of ${name}`);
  };
  while (at < document.length) {
    tag.lastIndex = at;
    text.lastIndex = at;
    const found = tag.exec(document);
    if (found === null) {
      const words = text.exec(document);
      assert.ok(words, `not XML at ${JSON.stringify(document.slice(at, at + 60))}`);
      at = text.lastIndex;
      continue;
    }
    at = tag.lastIndex;
    const [, end, name = '', attributes = '', empty] = found;
    if (end === '/') {
      assert.equal(open.at(-1)?.name, name);
      close();
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.children += `${name} `;
    const names = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => {
      assert.match(value, /^(?:[^&<]|&(?:amp|lt|gt|quot|#\d+);)*$/);
      return key;
    });
    assert.deepEqual(
      names.filter((key) => !schema[name]?.attributes.includes(key)),
      [],
      `attributes of ${name}`,
    );
    assert.equal(new Set(names).size, names.length);
    open.push({ name, children: '' });
    if (empty === '/') close();
  }
  assert.deepEqual(open, [{ name: '', children: 'testsuites ' }]);
}
