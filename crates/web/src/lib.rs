//! The product over HTTP: the API that serves everyone, the stream of events, and the web interface embedded in the program.
//!
//! Each noun has its file with the addresses it answers (`routes` of that file); what they share is beside them. Only this crate knows
//! HTTP, and only [`error`] decides which status a refusal has.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod body;
pub mod by;
pub mod context;
pub mod error;
pub mod export;
mod feed;
pub mod fields;
mod file_type;
mod forecast;
mod guard;
mod interface;
mod known;
pub mod list;
pub mod mail_sink;
mod mask;
mod openapi;
mod params;
mod password;
pub mod replay;
mod reservation;
pub mod secret;
mod sending;
mod server;
pub mod state;
mod throttle;
mod ticker;
pub mod value;
pub mod version;

mod absence;
mod action;
mod agent;
mod attachment;
mod audit;
mod blueprint;
mod calendar;
mod change;
mod clock;
mod company;
mod confirmation;
mod contract;
mod credit;
mod customer;
mod delivery;
mod document;
mod drain;
mod event;
mod evidence;
mod exception;
mod exchange_rate;
mod health;
mod import;
mod inquiry;
mod intake;
mod letterhead;
mod link;
mod lot;
mod mail_settings;
mod message;
mod notification;
mod offer;
mod order;
mod paper;
mod portal;
mod portal_user;
mod price;
mod product;
mod promise;
mod promotion;
mod purchase;
mod quota;
mod quotation;
mod rebate;
mod robot;
mod role;
mod session;
mod shortage;
mod skill;
mod stock;
mod stock_count;
mod supplier;
mod task;
mod task_kind;
mod template;
mod token;
mod transfer;
mod user;
mod warehouse;
mod webhook;
mod work;
mod worker;

pub use intake::LanguageModel;
pub use openapi::openapi;
pub use server::{router, serve};
pub use state::{DemoLogin, Options, Random, Web};
pub use ticker::{send, tick};

use utoipa_axum::router::OpenApiRouter;

/// Every address of the API under `/api/v1`, each noun's own file knowing its own.
fn api() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .merge(absence::routes())
        .merge(agent::routes())
        .merge(attachment::routes())
        .merge(audit::routes())
        .merge(blueprint::routes())
        .merge(calendar::routes())
        .merge(change::routes())
        .merge(clock::routes())
        .merge(company::routes())
        .merge(confirmation::routes())
        .merge(contract::routes())
        .merge(promise::routes())
        .merge(reservation::routes())
        .merge(shortage::routes())
        .merge(promotion::routes())
        .merge(rebate::routes())
        .merge(credit::routes())
        .merge(customer::routes())
        .merge(document::routes())
        .merge(letterhead::routes())
        .merge(delivery::routes())
        .merge(event::routes())
        .merge(evidence::routes())
        .merge(exception::routes())
        .merge(exchange_rate::routes())
        .merge(import::routes())
        .merge(intake::routes())
        .merge(link::routes())
        .merge(lot::routes())
        .merge(mail_settings::routes())
        .merge(notification::routes())
        .merge(offer::routes())
        .merge(order::routes())
        .merge(paper::routes())
        .merge(message::routes())
        .merge(portal::routes())
        .merge(portal_user::routes())
        .merge(price::routes())
        .merge(product::routes())
        .merge(inquiry::routes())
        .merge(quotation::routes())
        .merge(robot::routes())
        .merge(role::routes())
        .merge(session::routes())
        .merge(skill::routes())
        .merge(stock::routes())
        .merge(stock_count::routes())
        .merge(quota::routes())
        .merge(supplier::routes())
        .merge(forecast::routes())
        .merge(purchase::routes())
        .merge(template::routes())
        .merge(task::routes())
        .merge(task_kind::routes())
        .merge(token::routes())
        .merge(transfer::routes())
        .merge(user::routes())
        .merge(warehouse::routes())
        .merge(webhook::routes())
        .merge(work::routes())
        .merge(worker::routes())
}
