//! What the engine tells without being asked, taken into the signals.

use super::{App, Network, Phase, reading::Part};
use crate::engine::{Event, LinkError};
use leptos::prelude::*;

impl App {
    pub(super) fn hear(self, event: Event) {
        match event {
            Event::QueueChanged => {
                // Something was written: there is room again, and the disk answers.
                self.disk.full.set(false);
                self.disk.closed.set(false);
                self.read_again(Part::Work);
            }
            Event::AllChanged => self.read_again(Part::All),
            Event::CardsChanged { done, total } => {
                self.fetch.set((done < total).then_some((done, total)));
                self.read_again(Part::All);
            }
            Event::Contact(contact) => {
                self.contact.set(Some(contact));
                self.network.set(Network::There);
                self.in_vain.set(false);
            }
            Event::News(at_ms) => {
                self.news_ms.set(Some(at_ms));
                self.sign_in_needed.set(None);
            }
            Event::Trying(true) => {
                self.trying.set(true);
                self.network.update_untracked(|network| {
                    *network = if *network == Network::There { Network::Unknown } else { *network }
                });
            }
            Event::Trying(false) => {
                self.trying.set(false);
                self.asked_to_try.set_value(false);
            }
            Event::NoAnswer(error) => {
                let nothing = error == LinkError::NoNetwork;
                self.network.set(if nothing { Network::None } else { Network::Elsewhere });
                self.came_to_nothing();
            }
            Event::PutOff => {
                self.network.set(Network::There);
                self.came_to_nothing();
            }
            Event::SignedOut => {
                self.signed_out_elsewhere.set(true);
                if self.phase.get_untracked() == Phase::Ready {
                    self.leave();
                }
            }
            Event::NextTry(at) => self.next_try.set(at),
            Event::SignInNeeded(why) => {
                self.sign_in_needed.set(Some(why));
                self.network.set(Network::There);
            }
            Event::Left => {
                self.left.set(true);
                self.network.set(Network::There);
            }
            Event::OfficeSetBack => self.set_back.set(true),
            Event::StorageLost { waiting } => self.lost.set(Some(waiting)),
            Event::StorageFull => self.disk.full.set(true),
            Event::StorageClosed => self.disk.closed.set(true),
        }
    }

    /// A try that somebody asked for is told of; one that the app makes by itself takes nothing back.
    fn came_to_nothing(self) {
        self.in_vain.set(self.asked_to_try.get_value() || self.in_vain.get_untracked());
    }
}
