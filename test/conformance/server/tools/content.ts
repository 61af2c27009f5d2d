import { png, wav } from '../media.ts';
import { fail, say, type Tool } from '../types.ts';

/** Tools whose answers have every kind of content. The first takes no arguments: scenarios call whatever is listed first. */
export const contentTools: Tool[] = [
  {
    name: 'test_simple_text',
    description: 'Answers one text',
    run: () => say('This is a simple text response for testing.'),
  },
  {
    name: 'test_image_content',
    description: 'Answers a picture',
    run: () => ({ content: [{ type: 'image', data: png, mimeType: 'image/png' }] }),
  },
  {
    name: 'test_audio_content',
    description: 'Answers a sound',
    run: () => ({ content: [{ type: 'audio', data: wav, mimeType: 'audio/wav' }] }),
  },
  {
    name: 'test_embedded_resource',
    description: 'Answers a resource with its text',
    run: () => ({
      content: [
        {
          type: 'resource',
          resource: {
            uri: 'test://embedded-resource',
            mimeType: 'text/plain',
            text: 'This is an embedded resource content.',
          },
        },
      ],
    }),
  },
  {
    name: 'test_multiple_content_types',
    description: 'Answers a text, a picture and a resource',
    run: () => ({
      content: [
        { type: 'text', text: 'Multiple content types test:' },
        { type: 'image', data: png, mimeType: 'image/png' },
        {
          type: 'resource',
          resource: {
            uri: 'test://mixed-content-resource',
            mimeType: 'application/json',
            text: JSON.stringify({ test: 'data', value: 123 }),
          },
        },
      ],
    }),
  },
  {
    name: 'test_error_handling',
    description: 'Fails',
    run: () => fail('This tool intentionally returns an error for testing'),
  },
];
