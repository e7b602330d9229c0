<?php
// Try it with: WEBHOOK_SECRET=whsec_... php -S 127.0.0.1:9000 receiver.php

declare(strict_types=1);

const TOLERANCE_SECONDS = 5 * 60;

/**
 * Returns the event. Throws unless $body, the raw bytes of the request, was signed with $secret just now.
 * Give it the body as it came, before any parser.
 */
function verifyWebhook(string $secret, array $headers, string $body): array
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    $signatures = $headers['webhook-signature'] ?? '';
    if ($id === '' || $timestamp === '' || $signatures === '') {
        throw new RuntimeException('the signature is missing');
    }

    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        throw new RuntimeException('the timestamp is too far from now');
    }

    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    if ($key === false || $key === '') {
        throw new RuntimeException('the secret is not a whsec_ secret');
    }
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // Several, separated by spaces, while the secret is being rotated: one of them must match.
    foreach (explode(' ', $signatures) as $entry) {
        [$version, $signature] = explode(',', $entry, 2) + ['', ''];
        if ($version === 'v1' && hash_equals($expected, $signature)) {
            return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
        }
    }
    throw new RuntimeException('no signature matches');
}

$headers = [
    'webhook-id' => $_SERVER['HTTP_WEBHOOK_ID'] ?? '',
    'webhook-timestamp' => $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '',
    'webhook-signature' => $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '',
];
try {
    $event = verifyWebhook((string) getenv('WEBHOOK_SECRET'), $headers, file_get_contents('php://input'));
    // Answer first, work later. The same event may come twice: drop repeats by event_id.
    http_response_code(204);
    error_log("{$event['event']} {$event['event_id']}");
} catch (Exception $error) {
    http_response_code(400);
    echo $error->getMessage();
}
