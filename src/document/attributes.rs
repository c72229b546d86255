//! What any block or span can carry, and how little room it takes where it carries nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Inline, Language};

/// Name, language, classes and whatever else a source says of a block or a span.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// Anchor within the document, unique there.
    pub id: Option<String>,
    /// Language where it differs from what is around.
    pub language: Option<Language>,
    pub classes: Vec<String>,
    /// Keys and values without a meaning of their own in the model.
    pub pairs: BTreeMap<String, String>,
}

impl Attributes {
    /// Number of fields in the JSON form.
    pub(super) const FIELDS: usize = 4;

    /// Whether nothing is said but perhaps the anchor.
    pub fn is_id_alone(&self) -> bool {
        self.language.is_none() && self.classes.is_empty() && self.pairs.is_empty()
    }

    /// Attributes of an anchor alone.
    pub fn of_id(id: impl Into<String>) -> Attributes {
        Attributes { id: Some(id.into()), ..Attributes::default() }
    }

    /// Write those that are there as fields of the node that has them.
    pub(super) fn serialize_fields<S: SerializeStruct>(&self, node: &mut S) -> Result<(), S::Error> {
        if self.id.is_some() {
            node.serialize_field("id", &self.id)?;
        }
        if self.language.is_some() {
            node.serialize_field("language", &self.language)?;
        }
        if !self.classes.is_empty() {
            node.serialize_field("classes", &self.classes)?;
        }
        if !self.pairs.is_empty() {
            node.serialize_field("attributes", &self.pairs)?;
        }
        Ok(())
    }
}

/// A part that most nodes lack: one machine word while it is empty, else a box. It reads as an empty `T` where nothing
/// is set, and setting anything makes the box.
#[derive(Clone, Debug)]
pub struct Rare<T>(Option<Box<T>>);

/// What a [`Rare`] part is while it is not set.
pub trait Empty: Sized + 'static {
    /// The one empty value.
    const EMPTY: &'static Self;

    fn is_empty(&self) -> bool;
}

impl Empty for Attributes {
    const EMPTY: &'static Attributes =
        &Attributes { id: None, language: None, classes: Vec::new(), pairs: BTreeMap::new() };

    fn is_empty(&self) -> bool {
        self.id.is_none() && self.is_id_alone()
    }
}

impl Empty for Vec<Inline> {
    const EMPTY: &'static Vec<Inline> = &Vec::new();

    fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl<T: Empty + Default> Rare<T> {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        Empty::is_empty(&**self)
    }

    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0.map(|value| *value).unwrap_or_default()
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Rare<T> {
        Rare(None)
    }
}

impl<T: Empty> From<T> for Rare<T> {
    fn from(value: T) -> Rare<T> {
        Rare(if Empty::is_empty(&value) { None } else { Some(Box::new(value)) })
    }
}

impl<T: Empty> Deref for Rare<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::EMPTY)
    }
}

impl<T: Empty + Default> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Empty + PartialEq> PartialEq for Rare<T> {
    fn eq(&self, other: &Rare<T>) -> bool {
        **self == **other
    }
}

impl<T: Empty + Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

impl<'de, T: Empty + Deserialize<'de>> Deserialize<'de> for Rare<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rare<T>, D::Error> {
        T::deserialize(deserializer).map(Rare::from)
    }
}

impl<T: JsonSchema> JsonSchema for Rare<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Inline, Origin};

    #[test]
    fn nodes_stay_small() {
        // A book has a few of them a line, and all are held at once.
        let room =
            [size_of::<Block>(), size_of::<Inline>(), size_of::<Option<Origin>>(), size_of::<Rare<Attributes>>()];
        assert_eq!(room, [64, 40, 16, 8]);
    }

    #[test]
    fn what_is_set_to_nothing_is_not_set() {
        let mut attributes = Rare::<Attributes>::default();
        assert!(attributes.is_empty());
        attributes.id = Some("shan".to_owned());
        assert_eq!(attributes.clone().into_inner(), Attributes::of_id("shan"));
        attributes.id = None;
        assert!(attributes.is_empty());
        assert_eq!(attributes, Rare::from(Attributes::default()));
    }
}
