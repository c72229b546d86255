//! The book's identifier: a UUID of its content, the same for the same book on any machine.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::pictures::Picture;
use super::publication::Publication;
use crate::document::ResourceId;

/// Name space of identifiers made here.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"banxin epub book");

/// `urn:uuid:` and a UUID of version 5 (RFC 9562 §5.5) over title, language, text and pictures.
pub fn identifier(
    publication: &Publication<'_>,
    files: &[String],
    pictures: &BTreeMap<&ResourceId, Picture<'_>>,
) -> String {
    let mut digest = Sha256::new();
    let makers = publication.document.metadata.contributors.iter().flat_map(|one| [&one.role, &one.name]);
    for part in [&publication.title, &publication.language].into_iter().chain(makers).chain(files) {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    for picture in pictures.values() {
        digest.update((picture.data.len() as u64).to_le_bytes());
        digest.update(&picture.data);
    }
    Uuid::new_v5(&NAMESPACE, &digest.finalize()).urn().to_string()
}
