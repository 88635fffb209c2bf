//! The event chain: each event's hash covers the one before, so that tampering shows.

use domain::Event;
use sha2::{Digest, Sha256};

use crate::engine::Head;
use crate::rows::ChainedEvent;

/// Places events behind `head`, in order, and moves the head along.
pub fn link(head: &mut Head, events: Vec<Event>) -> Vec<ChainedEvent> {
    events.into_iter().map(|event| link_one(head, event)).collect()
}

fn link_one(head: &mut Head, event: Event) -> ChainedEvent {
    head.position += 1;
    let mut chained = ChainedEvent {
        position: head.position,
        at: event.at,
        kind: event.kind,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        subject_number: event.subject_number,
        by: event.by,
        by_name: event.by_name,
        channel: event.channel,
        address: event.address,
        reason: event.reason,
        data: event.data,
        hash: String::new(),
    };
    chained.hash = hash(&head.hash, &chained);
    head.hash.clone_from(&chained.hash);
    chained
}

/// The hash of an event behind the event with the hash `before`: SHA-256 over the hash before and every field, each with its length.
pub fn hash(before: &str, event: &ChainedEvent) -> String {
    let mut digest = Sha256::new();
    let mut part = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    };
    part(before.as_bytes());
    for number in [event.position, event.at.micros(), event.subject_id, event.by.raw()] {
        part(&number.to_le_bytes());
    }
    let texts = [
        &event.kind,
        &event.subject_kind,
        &event.subject_number,
        &event.by_name,
        &event.channel,
        &event.address,
        &event.reason,
        &event.data,
    ];
    for text in texts {
        part(text.as_bytes());
    }
    hex(&digest.finalize())
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
